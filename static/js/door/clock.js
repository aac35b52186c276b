// The device's clock put right by the server's, and times in words.

// How far the server's clock is ahead (ms), from one answer: `sent` and `received` by the device's clock.
export const skewFrom = (serverAt, sent, received) => Math.round(Date.parse(serverAt) - (sent + received) / 2);

// "08.12 WITA" in the wave's zone, whatever zone the phone is set to.
export const timeIn = (wave) => {
  const format = new Intl.DateTimeFormat("id-ID", {
    timeZone: wave.zone,
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  return (instant) => `${format.format(new Date(instant)).replace(":", ".")} ${wave.zone_label}`;
};

// "Rabu, 9 Desember 2026"
export const dateIn = (wave) => {
  const parts = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const format = new Intl.DateTimeFormat("id-ID", { timeZone: wave.zone, ...parts });
  return (instant) => format.format(new Date(instant));
};

// The session that is on now, or the next one, or the last: [{ id, starts_at, ends_at }] in order.
export const sessionAt = (sessions, at) =>
  sessions.find((one) => at < Date.parse(one.ends_at)) ?? sessions[sessions.length - 1] ?? null;

// "24 jam", "7 menit"
export const spanWords = (milliseconds) => {
  const minutes = Math.round(Math.abs(milliseconds) / 60000);
  return minutes < 120 ? `${minutes} menit` : `${Math.round(minutes / 60)} jam`;
};
