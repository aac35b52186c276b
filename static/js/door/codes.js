// What a scan or somebody's typing means: a short code, a personal link, a desk's link, or none of these.

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;
const BETWEEN = /[\s\-‐‑‒–—−_.,/]+/gu;
const MISREAD = {
  0: "angka 0; lihat lagi, mungkin Q atau D",
  O: "huruf O; lihat lagi, mungkin Q atau D",
  1: "angka 1; lihat lagi, mungkin J, T, atau 7",
  I: "huruf I; lihat lagi, mungkin J, T, atau 7",
  L: "huruf L; lihat lagi, mungkin J, E, atau 7",
  U: "huruf U; lihat lagi, mungkin V",
};
const TOKEN = "[A-Za-z0-9_-]{26}[AEIMQUYcgkosw048]";
const PERSONAL = new RegExp(`/u/(${TOKEN})(?:[/?#].*)?$`, "u");
const DESK = new RegExp(`(?:^|#)(${TOKEN})$`, "u");

// "kq7 3mt" -> { code: "KQ73MT" }, or { fault: sentence } as the portal says it elsewhere.
export const readCode = (typed) => {
  const code = typed.slice(0, 100).normalize("NFKC").replace(BETWEEN, "").toUpperCase();
  if (!code) return { fault: "Ketik kode yang tertulis pada pas, misalnya KQ7-3MT." };
  for (const sign of code) {
    if (sign in MISREAD) return { fault: `Kode tidak pernah memakai ${MISREAD[sign]}.` };
    if (!ALPHABET.includes(sign)) return { fault: "Kode hanya terdiri atas huruf dan angka, misalnya KQ7-3MT." };
  }
  if (code.length !== LENGTH) {
    return { fault: `Kode terdiri atas ${LENGTH} huruf dan angka, misalnya KQ7-3MT. Yang diketik: ${code.length}.` };
  }
  return { code };
};

export const showCode = (code) => (code.length === LENGTH ? `${code.slice(0, 3)}-${code.slice(3)}` : code);

// First 16 hex digits of a token's SHA-256: the list has no more of it, and the token itself is not kept.
export const hashOf = async (token) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// The token in a desk's link (or alone), else "".
export const readDeskLink = (text) => DESK.exec(text.trim())?.[1] ?? "";

// { code } or { hash } of a pass; { desk: token } of a desk's own QR; {} for a QR of something else.
export const readScan = async (text) => {
  const words = text.trim();
  const personal = PERSONAL.exec(words);
  if (personal) return { hash: await hashOf(personal[1]) };
  if (/\/pintu\/?#/u.test(words)) return { desk: readDeskLink(words) };
  const { code } = words.length <= 12 ? readCode(words) : {};
  return code ? { code } : {};
};
