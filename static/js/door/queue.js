// What this device recorded: kept until the server has it. An entry is { uid, desk, state, event, person, name, shown,
// result, at }: state "waiting" (menunggu kirim), "sent", or "stuck" (the server will not take it: a human must).

// Sent entries stay so that they can be taken back and looked at.
const MOST_SENT = 200;

const isOpen = (entry) => entry.state !== "sent" || (entry.differs && !entry.isSeen);

export const openQueue = async (vault) => {
  const entries = new Map();
  // What the device's memory did not take is only here, and said on the screen.
  const unsaved = new Set();
  for (const { content } of await vault.getAll("events")) entries.set(content.uid, content);

  const keep = async (entry) => {
    entries.set(entry.uid, entry);
    try {
      await vault.put("events", { uid: entry.uid, desk: entry.desk, state: entry.state }, entry);
      unsaved.delete(entry.uid);
    } catch {
      // An older copy may be on the disk: it says "waiting", and sending twice is one event.
      if (entry.state !== "sent") unsaved.add(entry.uid);
      else unsaved.delete(entry.uid);
    }
    return !unsaved.has(entry.uid);
  };

  const drop = async (entry) => {
    entries.delete(entry.uid);
    unsaved.delete(entry.uid);
    await vault.remove("events", entry.uid).catch(() => {});
  };

  return {
    keep,
    drop,
    // Being sent by itself this moment; the next upload leaves it out.
    flying: new Set(),
    get: (uid) => entries.get(uid),
    // In the order they were recorded.
    of: (desk, state) =>
      [...entries.values()]
        .filter((entry) => entry.desk === desk && (!state || entry.state === state))
        .sort((a, b) => a.event.seq - b.event.seq),
    // Of every desk this device ever was.
    stuck: () => [...entries.values()].filter(({ state }) => state === "stuck"),
    unsent: () => [...entries.values()].filter(({ state }) => state !== "sent"),
    // What a human must still see, or the server.
    open: () => [...entries.values()].filter(isOpen).sort((a, b) => a.at - b.at),
    forgetSent: async (desk) => {
      for (const entry of [...entries.values()]) if (entry.desk === desk && !isOpen(entry)) await drop(entry);
    },
    desks: () => new Set([...entries.values()].filter((one) => one.state === "waiting").map((one) => one.desk)),
    unsaved: () => unsaved.size,
    saveAgain: async () => {
      for (const uid of [...unsaved]) await keep(entries.get(uid));
    },
    prune: async (desk) => {
      const sent = [...entries.values()].filter((one) => one.desk === desk && one.state === "sent" && !isOpen(one));
      sent.sort((a, b) => b.event.seq - a.event.seq);
      for (const entry of sent.slice(MOST_SENT)) await drop(entry);
    },
    nextNumber: async (desk) => {
      const highest = Math.max(0, ...[...entries.values()].map((one) => (one.desk === desk ? one.event.seq : 0)));
      try {
        return Math.max(highest + 1, await vault.nextNumber(`seq:${desk}`));
      } catch {
        return highest + 1;
      }
    },
  };
};
