// The camera and what it reads: the browser's own reader where there is one, else jsQR.

const PAUSE = 120;
const WIDTH = 640;

const SENTENCES = {
  NotAllowedError: "Kamera tidak diizinkan. Izinkan pada setelan peramban, atau ketik kodenya.",
  NotFoundError: "Perangkat ini tidak mempunyai kamera. Ketik kodenya atau cari namanya.",
  NotReadableError: "Kamera sedang dipakai aplikasi lain. Tutup aplikasi itu, lalu coba lagi.",
};

export const cameraFault = (error) =>
  SENTENCES[error.name] ?? "Kamera tidak dapat dibuka. Ketik kodenya atau cari namanya.";

const ownReader = async () => {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  if (!formats?.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
};

const scriptReader = async () => {
  await import("../../vendor/jsqr-1.4.0/jsQR.js");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDTH / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return globalThis.jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
};

// Starts the camera on a <video>; `onText` gets each text it reads, again and again while it is in view.
// Rejects as getUserMedia does. Returns { stop, isPaused }.
export const startCamera = async (video, onText) => {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("no camera", "NotFoundError");
  const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  let read;
  try {
    video.srcObject = stream;
    await video.play();
    read = (await ownReader()) ?? (await scriptReader());
  } catch (error) {
    stop();
    throw error;
  }
  let isOn = true;
  const camera = {
    isPaused: false,
    stop: () => {
      isOn = false;
      stop();
      video.srcObject = null;
    },
  };
  const look = async () => {
    if (!isOn) return;
    if (!camera.isPaused && video.readyState >= 2 && video.videoWidth) {
      // A frame that cannot be read is followed by one that can.
      const text = await read(video).catch(() => "");
      if (text && isOn && !camera.isPaused) onText(text);
    }
    setTimeout(look, PAUSE);
  };
  look();
  return camera;
};

// Lets the same text through only after it was out of view for a while.
export const onlyNew = (onText, away = 3000) => {
  let last = "";
  let seenAt = 0;
  const take = (text) => {
    const isSame = text === last && Date.now() - seenAt < away;
    last = text;
    seenAt = Date.now();
    if (!isSame) onText(text);
  };
  // After a pause nobody knows whether it left the view: as if it had been there all the while.
  take.goOn = () => (seenAt = Date.now());
  return take;
};
