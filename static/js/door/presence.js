// Who is in the hall as this device knows it: what the server said, and on top of it what still waits to be sent.
// A presence is { at: iso, desk, left: bool, waiting: bool }, held by "session/person".

export const keyOf = (session, person) => `${session}/${person}`;

// The server's { session: { person: { at, desk, left } } } as a Map.
export const readPresent = (present) => {
  const base = new Map();
  for (const [session, people] of Object.entries(present ?? {})) {
    for (const [person, one] of Object.entries(people)) base.set(keyOf(session, person), { ...one, waiting: false });
  }
  return base;
};

// Changes as GET hadir/ tells them.
export const applyChanges = (base, changes) => {
  for (const { session, person, present, at, desk, left } of changes) {
    if (present) base.set(keyOf(session, person), { at, desk, left, waiting: false });
    else base.delete(keyOf(session, person));
  }
};

// What the server answered to one of this device's own events.
export const applyResult = (base, event, result) => {
  if (!result.person) return;
  const key = keyOf(event.session, result.person);
  if (result.verdict === "undone") base.delete(key);
  else if (result.verdict === "left") base.set(key, { ...(base.get(key) ?? result), left: true, waiting: false });
  else if (["present", "represented", "declined", "other_session", "already"].includes(result.verdict)) {
    base.set(key, { at: result.at, desk: result.desk, left: false, waiting: false });
  }
};

// A new Map: `base` with the waiting entries ({ event, person, at: ms }) in the order this device recorded them.
export const withWaiting = (base, entries, desk) => {
  const now = new Map(base);
  const undone = new Set(entries.map(({ event }) => event.undoes).filter(Boolean));
  for (const { event, person, at: ms } of [...entries].sort((a, b) => a.event.seq - b.event.seq)) {
    if (!person) continue;
    const at = new Date(ms + event.skew_ms).toISOString();
    const key = keyOf(event.session, person);
    const before = now.get(key);
    if (event.kind === "undo") {
      // Taken back after it was sent: the server's row is no longer true.
      if (!entries.some((other) => other.event.uid === event.undoes)) now.delete(key);
    } else if (undone.has(event.uid)) continue;
    else if (event.kind === "out") now.set(key, { ...(before ?? { at, desk }), left: true, waiting: true });
    else if (!before || before.left) now.set(key, { at, desk, left: false, waiting: true });
  }
  return now;
};
