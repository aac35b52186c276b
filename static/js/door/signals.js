// A sound and a vibration for each kind of verdict; both can be switched off.

// [frequency in Hz, start, length] in seconds
const TONES = {
  good: [[660, 0, 0.12], [990, 0.13, 0.2]],
  care: [[520, 0, 0.18], [520, 0.26, 0.18]],
  bad: [[180, 0, 0.55]],
  waiting: [[740, 0, 0.09]],
};
const BUZZES = { good: [60], care: [90, 80, 90], bad: [400], waiting: [30] };

export const openSignals = async (vault) => {
  const isOn = { sound: (await vault.setting("sound")) ?? true, vibration: (await vault.setting("vibration")) ?? true };
  let audio = null;
  // Browsers let a page sound only after it was touched.
  const wake = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume();
  };
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);

  const play = (tone) => {
    if (!audio || audio.state !== "running") return;
    for (const [frequency, start, length] of TONES[tone]) {
      const begin = audio.currentTime + start;
      const source = new OscillatorNode(audio, { frequency, type: tone === "bad" ? "square" : "sine" });
      const volume = new GainNode(audio, { gain: 0.35 });
      volume.gain.setTargetAtTime(0, begin + length * 0.7, 0.03);
      source.connect(volume).connect(audio.destination);
      source.start(begin);
      source.stop(begin + length + 0.1);
    }
  };

  return {
    isOn,
    give: (tone) => {
      if (isOn.sound) play(tone);
      if (isOn.vibration) navigator.vibrate?.(BUZZES[tone]);
    },
    turn: (name, value) => {
      isOn[name] = value;
      vault.keepSetting(name, value).catch(() => {});
    },
  };
};
