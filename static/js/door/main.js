// The door's page: puts the parts together. Where the work is done stands in the modules beside this one.

import { dateIn, timeIn } from "./clock.js";
import { openDesk } from "./desk.js";
import { byId, make, say } from "./elements.js";
import { makeLists, whoIn } from "./lists.js";
import { openQueue } from "./queue.js";
import { makeRecorder } from "./recorder.js";
import { openSignals } from "./signals.js";
import { makeStart } from "./start.js";
import { makeSync } from "./sync.js";
import { keepPage } from "./updates.js";
import { openVault } from "./vault.js";
import { makeVerdictScreen, verdictOf } from "./verdict_screen.js";
import { makeWays } from "./ways.js";

// Before this the screen does not say that it asks: most answers are there.
const PATIENCE = 250;

const NO_SESSION = "Gelombang ini belum mempunyai sesi yang mencatat kehadiran.";
const FETCHING = "Mengambil daftar peserta. Perangkat perlu jaringan sekali ini.";
const FAILED = "Catatan ini tidak dapat dibuat. Muat ulang halaman, lalu coba lagi.";

const refuse = (sentence) => {
  byId("loading").hidden = true;
  byId("plain-sentence").textContent = sentence;
  byId("plain").hidden = false;
};

const takeToken = () => {
  const token = location.hash.slice(1);
  // Out of the address, so that neither a picture of the screen nor the history has it.
  if (token) history.replaceState(null, "", location.pathname);
  return /^[\w-]{27}$/u.test(token) ? token : "";
};

const run = async () => {
  const vault = await openVault();
  navigator.storage?.persist?.();
  const queue = await openQueue(vault);
  const signals = await openSignals(vault);
  let refresh = () => {};
  const desk = await openDesk(vault, queue, () => refresh());
  const sync = makeSync(desk, queue, () => refresh());
  const time = () => timeIn(desk.list.wave);

  const recorder = makeRecorder(desk, queue, {
    onReached: () => (desk.isReachable = true),
    onLost: () => {
      desk.isReachable = false;
      sync.run();
    },
  });
  const screen = makeVerdictScreen(signals, {
    onOpen: () => ways.pause(true),
    onClose: () => {
      ways.pause(false);
      refresh();
    },
  });

  let isBusy = false;
  // One at a time: what is scanned meanwhile is still in view afterwards.
  const record = async (name, action) => {
    if (isBusy || !desk.list) return;
    isBusy = true;
    ways.pause(true);
    const asking = setTimeout(() => screen.asking(name), PATIENCE);
    const say = time();
    try {
      const done = await action();
      clearTimeout(asking);
      const mayUndo = recorder.undoTime(done.entry) > 0;
      screen.show(verdictOf({ ...done, ended: desk.ended }, say), mayUndo ? () => undo(done.entry) : null);
    } catch (error) {
      clearTimeout(asking);
      screen.show({ tone: "bad", word: "Gagal", detail: FAILED }, null);
      throw error;
    } finally {
      isBusy = false;
      refresh();
    }
  };
  const undo = (entry) => record(entry.name, () => recorder.undo(entry));

  const ways = makeWays(desk, {
    time,
    onScan: (scan) => record("", () => recorder.scan(scan, ways.takeCompanions())),
    onGuest: (fields) => record(fields.name, () => recorder.walkIn(fields, ways.takeCompanions())),
    onOther: ({ desk: token }) => {
      const isDesk = token !== undefined;
      const detail = isDesk ? "Ini QR meja, bukan pas peserta." : "QR ini bukan pas. Minta pas pada undangan.";
      screen.show({ tone: "bad", word: "Bukan pas", detail }, null);
    },
  });
  const lists = makeLists(desk, queue, recorder, { time, onUndo: undo });
  const begin = async (token) => {
    await desk.open(token);
    await sync.run();
  };
  const start = makeStart(begin);

  const showDesk = () => {
    const { device, wave, sessions } = desk.list;
    const [at, date] = [time(), dateIn(wave)];
    byId("desk-name").textContent = device.name;
    byId("wave-title").textContent = `${wave.title} · ${date(wave.starts_at)} · ${wave.place}`;
    const options = sessions.map((one) => {
      const group = one.group ? ` (${one.group})` : "";
      return make("option", { value: one.id }, `${at(one.starts_at)} ${one.title}${group}`);
    });
    const select = byId("session");
    if (document.activeElement !== select) select.replaceChildren(...options);
    select.value = desk.session?.id ?? "";
    byId("directions").hidden = !wave.records_hours;
    byId("companions").hidden = !wave.companions;
    lists.show();
    ways.find();
  };

  const showStart = () => {
    const kept = queue.open();
    const sentence = desk.ended || (desk.list && NO_SESSION) || (desk.token && FETCHING);
    if (sentence && byId("start-sentence").textContent !== sentence) byId("start-sentence").textContent = sentence;
    byId("start-kept").hidden = !kept.length;
    byId("start-kept-list").replaceChildren(...kept.map(rowWithoutList));
  };
  const rowWithoutList = (entry) => {
    const when = new Date(entry.at + entry.event.skew_ms).toLocaleString("id-ID");
    const why = entry.sentence || entry.result?.sentence || "Menunggu kirim";
    const parts = { who: whoIn(entry), when, note: why };
    return make("li", {}, ...Object.entries(parts).map(([name, text]) => make("span", { class: name }, text)));
  };

  refresh = () => {
    const isReady = Boolean(desk.list && desk.session);
    byId("loading").hidden = true;
    byId("desk").hidden = !isReady;
    byId("start").hidden = isReady;
    if (isReady) {
      start.close();
      showDesk();
    } else {
      ways.closeCamera();
      showStart();
    }
  };

  byId("session").addEventListener("change", (event) => desk.chooseSession(Number(event.target.value)));
  byId("directions").addEventListener("change", (event) => (desk.mode = event.target.value));
  byId("menu-button").addEventListener("click", ({ currentTarget }) => {
    const menu = byId("menu");
    menu.hidden = !menu.hidden;
    currentTarget.setAttribute("aria-expanded", String(!menu.hidden));
  });
  for (const name of ["sound", "vibration"]) {
    byId(name).checked = signals.isOn[name];
    byId(name).addEventListener("change", ({ target }) => signals.turn(name, target.checked));
  }
  byId("full-screen").hidden = !document.fullscreenEnabled;
  byId("full-screen").addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  );
  byId("send-now").addEventListener("click", () => sync.run());
  byId("leave").addEventListener("click", async () => {
    const waiting = queue.unsent().length;
    const first = "Kirim atau salin dulu, baru lepas meja ini.";
    say(byId("leave-fault"), waiting ? `${waiting} catatan belum terkirim. ${first}` : "");
    if (waiting) return;
    await desk.leave();
    location.reload();
  });
  addEventListener("hashchange", () => {
    const token = takeToken();
    if (token) begin(token);
  });
  addEventListener("beforeunload", (event) => queue.unsaved() && event.preventDefault());
  // A phone that lies on the table goes dark otherwise.
  const stayAwake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", stayAwake);
  addEventListener("pointerdown", stayAwake, { once: true });
  setInterval(() => desk.list && refresh(), 15000);

  keepPage(() => !isBusy && !screen.isOpen() && !byId("pick").open && !byId("guest-name").value && !queue.unsaved());
  await desk.open(takeToken());
  refresh();
  sync.run();
};

if (!isSecureContext) {
  refuse("Halaman ini hanya dapat dipakai lewat alamat https. Minta tautan yang benar kepada petugas.");
} else if (!globalThis.indexedDB || !crypto.subtle) {
  refuse("Peramban ini tidak dapat menyimpan catatan. Pakai Chrome, Edge, Firefox, atau Safari yang baru.");
} else {
  run().catch((error) => {
    refuse("Halaman pintu tidak dapat dibuka. Tutup mode penyamaran, kosongkan memori perangkat, lalu muat ulang.");
    throw error;
  });
}
