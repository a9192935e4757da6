/* Ask the coach after a short rest, and fill in what it says. Never moves the cursor, never scrolls.

   <form data-coach="/runs/…/coach">            every named field of the form is sent, but tokens
     <textarea data-draft>                       gets `coach:marks` with the answer's marks
     [data-chip="listen"] > meter, [data-score]  one a dimension
     [data-fix] [data-fix-gain] [data-fix-say]   the most useful next fix; data-words-points="+%d %s"
     [data-fix] [data-fix-example]               it in words about this post; data-words-example="For example: %s"
     [data-more] > ul[data-fixes]                the others
     [data-blockers] > ul                        what holds the total down
     [data-coach-total]                          the total
     [data-coach-say]                            a polite live region, spoken to sparingly
     [data-coach-problem]                        said when no answer comes; data-words-offline
     [data-coach-triage]                         in check: see `sorted` below
   [data-without-script]                         hidden: what only a page without scripts needs */

const REST = 300;
const SPEAK_AFTER = 1800;
const NOT_SENT = new Set(["csrf_token", "token"]);
const fill = (pattern, ...values) => values.reduce((text, value) => text.replace(/%[ds]/, () => String(value)), pattern ?? "");

function attach(form) {
  const area = form.querySelector("[data-draft]");
  const one = (name) => form.querySelector(`[data-${name}]`);
  let seq = 0, shown = 0, rest = 0, speak = 0, asking = null, spoken = "";

  const fields = () => {
    const data = {};
    for (const [name, value] of new FormData(form)) if (!NOT_SENT.has(name) && typeof value === "string") data[name] = value;
    return data;
  };

  async function ask() {
    seq += 1;
    asking?.abort();
    asking = new AbortController();
    const sent = fields(), text = area.value;
    try {
      const answer = await fetch(form.dataset.coach, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrf_token?.value ?? "" },
        body: JSON.stringify({ ...sent, seq }),
        signal: asking.signal,
      });
      const told = await answer.json().catch(() => null);
      if (!answer.ok || !told) return problem(told?.detail ?? one("coach-problem")?.dataset.wordsBusy ?? "");
      if (told.seq <= shown) return;
      shown = told.seq;
      problem("");
      show(told, text);
    } catch (error) {
      if (error.name !== "AbortError") problem(one("coach-problem")?.dataset.wordsOffline ?? "");
    }
  }

  function problem(words) {
    const place = one("coach-problem");
    if (place && place.textContent !== words) { place.textContent = words; place.hidden = !words; }
  }

  function show(told, text) {
    const blank = !text.trim();
    for (const dimension of told.dimensions ?? []) chip(dimension, blank);
    const total = one("coach-total");
    if (total) total.textContent = blank ? "–" : String(Math.round(told.total));
    fixes(blank ? [] : told.fixes ?? [], blank);
    blockers(blank ? [] : told.blockers ?? []);
    if (told.triage) sorted(told.triage);
    area.dispatchEvent(new CustomEvent("coach:marks", { detail: { text, marks: blank ? [] : told.marks ?? [] } }));
  }

  function chip({ name, score, applicable }, blank) {
    const place = form.querySelector(`[data-chip="${name}"]`);
    if (!place) return;
    const value = place.querySelector("[data-score]"), meter = place.querySelector("meter");
    place.classList.toggle("chip-off", !applicable);
    value.textContent = applicable && !blank ? String(score) : "–";
    meter.value = applicable && !blank ? score : 0;
    const off = place.querySelector("[data-chip-off]");
    if (off) off.hidden = applicable;
  }

  function fixes(list, blank) {
    const place = one("fix");
    if (!place) return;
    const [first, ...others] = list;
    const lead = ({ gain, label }) => gain ? fill(place.dataset.wordsPoints, gain, label) : label;
    place.dataset.state = blank ? "blank" : first ? "fix" : "fine";
    one("fix-gain").textContent = first ? lead(first) : "";
    const words = first ? first.say : blank ? place.dataset.wordsBlank : place.dataset.wordsFine;
    one("fix-say").textContent = words;
    const example = one("fix-example"), shown = (fix) => fix?.example ? fill(place.dataset.wordsExample, fix.example) : "";
    if (example) { example.textContent = shown(first); example.hidden = !shown(first); }
    const more = one("more");
    if (more) {
      more.hidden = !others.length;
      more.querySelector("[data-fixes]").replaceChildren(...others.map((fix) => item(fix.say, lead(fix), shown(fix))));
    }
    clearTimeout(speak);
    speak = setTimeout(() => {
      const said = one("coach-say");
      if (said && words !== spoken && !blank) { said.textContent = words; spoken = words; }
    }, SPEAK_AFTER);
  }

  function blockers(list) {
    const place = one("blockers");
    if (!place) return;
    place.hidden = !list.length;
    place.querySelector("ul").replaceChildren(...list.map((each) => item(each.why, `${each.label}.`)));
  }

  function sorted(triage) {
    const place = one("coach-triage");
    if (!place) return;
    place.hidden = false;
    for (const name of ["kind", "urgency", "action", "contact", "why"]) {
      const value = place.querySelector(`[data-triage="${name}"]`);
      if (value) value.textContent = triage[name] || value.dataset.wordsNone || "";
    }
    place.querySelector('[data-triage="kind"]').textContent =
      triage.sure || !triage.or_kind ? triage.kind : fill(place.dataset.wordsUnsure, triage.kind, triage.or_kind);
    place.querySelector('[data-triage="confidence"]').textContent = triage.confidence;
    const urgency = place.querySelector('[data-triage="urgency"]');
    urgency.dataset.urgency = triage.urgency_name;
    const post = form.querySelector("[data-post-text]");
    post?.dispatchEvent(new CustomEvent("coach:marks", { detail: { text: post.value, marks: triage.cues ?? [] } }));
  }

  function item(words, lead, aside = "") {
    const line = document.createElement("li"), strong = document.createElement("b"), quiet = document.createElement("span");
    strong.textContent = lead;
    quiet.className = "soft";
    quiet.textContent = aside;
    line.append(strong, ` ${words} `, ...(aside ? [quiet] : []));
    return line;
  }

  const later = () => { clearTimeout(rest); rest = setTimeout(ask, REST); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("coach:ask", later);
  form.addEventListener("submit", () => { clearTimeout(rest); asking?.abort(); });
  document.addEventListener("regions:patched", () => { if (one("coach-problem")?.textContent === one("coach-problem")?.dataset.wordsOffline) later(); });
  if (area.value.trim()) ask();
}

document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
document.querySelectorAll("form[data-coach]").forEach(attach);
