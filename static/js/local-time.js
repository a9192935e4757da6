// Writes times in the reader's zone and format; without it the page shows them in UTC.
// Usage: <time datetime="2026-11-21T12:00:00Z" data-local-time>21 Nov 2026, 12:00 UTC</time>; data-local-time="date" leaves the hour out.
const language = document.documentElement.lang || undefined;

for (const element of document.querySelectorAll("time[data-local-time]")) {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) continue;
  const style = element.dataset.localTime === "date" ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" };
  element.textContent = new Intl.DateTimeFormat([...navigator.languages, language], style).format(moment);
}
