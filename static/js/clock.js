/* Draw story seconds between two words from the server; the server alone decides what is due.

   [data-clock] data-story-s data-pace data-now-ms data-standing="yes|no"     the server's values when the page was made
   data-starts-s                  on the root: the time of day at story second 0, in seconds since midnight; may be left out
   [data-story-time]              gets the time of day (hh:mm), or the time since the start where the root has no data-starts-s
   [data-due-s]                   gets what is left; data-words-late="late by %s"; class `late` once it is past, `soon` in the last fifth
   Event `clock:sync` on document: {story_s, pace, now_ms, standing}. */

const root = document.querySelector("[data-clock]");
const two = (value) => String(value).padStart(2, "0");
const written = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
};
const onTheWall = (starts, seconds) => {
  const minutes = Math.floor((starts + Math.max(0, seconds)) / 60);
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
};
const put = (place, words) => { if (place.textContent !== words) place.textContent = words; };
let known = null, offset = 0;

function storyNow() {
  const gone = known.standing ? 0 : Math.max(0, Date.now() + offset - known.now_ms) / 1000;
  return known.story_s + gone * known.pace;
}

function draw() {
  const story = storyNow();
  const starts = root.dataset.startsS;
  const shown = starts === undefined ? written(story) : onTheWall(Number(starts), story);
  document.querySelectorAll("[data-story-time]").forEach((place) => put(place, shown));
  document.querySelectorAll("[data-due-s]").forEach((place) => {
    const left = Number(place.dataset.dueS) - story;
    const late = left < 0;
    put(place, late ? (place.dataset.wordsLate ?? "%s").replace("%s", written(-left)) : written(Math.ceil(left)));
    place.classList.toggle("late", late);
    place.classList.toggle("soon", !late && left < Number(place.dataset.targetS || 0) / 5);
  });
}

function sync(values) {
  known = values;
  offset = values.now_ms - Date.now();
  draw();
}

if (root) {
  const { storyS, pace, nowMs, standing } = root.dataset;
  sync({ story_s: Number(storyS), pace: Number(pace), now_ms: Number(nowMs), standing: standing === "yes" });
  document.addEventListener("clock:sync", (event) => sync(event.detail));
  setInterval(() => { if (!document.hidden && !known.standing) draw(); }, 250);
}
