/* Underline what earns and what costs inside a draft, without touching the draft itself.

   <div class="draft-box" data-highlight>
     <div data-highlight-layer aria-hidden="true"></div>
     <textarea data-draft></textarea>
   </div>
   <p data-mark-note>…</p>      the reason, for the marked words the cursor stands in; its own text is the default

   Marks come by the event `coach:marks` on the textarea: {text, marks: [{start, end, effect, label, why}]}, offsets in
   code points of that text. While the writer goes on, marks before and after the edit stay with their words. */

const codePoints = (text) => Array.from(text);

/** Move `marks` of text `before` to where their words are in `after`; what the edit touched is dropped. */
function carry(before, after, marks) {
  const a = codePoints(before), b = codePoints(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const shift = b.length - a.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= a.length - tail) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }];
    return [];
  });
}

/** Cut the text at the borders of the marks; a stretch that both earns and costs shows the cost. */
function draw(layer, text, marks) {
  const points = codePoints(text);
  const inside = marks.filter((mark) => mark.start < mark.end && mark.start < points.length);
  const borders = [...new Set([0, points.length, ...inside.flatMap((mark) => [mark.start, Math.min(mark.end, points.length)])])].sort((x, y) => x - y);
  const parts = [];
  for (let index = 0; index + 1 < borders.length; index += 1) {
    const [start, end] = [borders[index], borders[index + 1]];
    const over = inside.filter((mark) => mark.start <= start && end <= mark.end);
    const words = points.slice(start, end).join("");
    if (!over.length) { parts.push(document.createTextNode(words)); continue; }
    const drawn = document.createElement("mark");
    drawn.className = over.some((mark) => mark.effect === "cost") ? "cost" : over[0].effect;
    drawn.textContent = words;
    parts.push(drawn);
  }
  layer.replaceChildren(...parts, document.createTextNode("\n\u200b"));
}

function attach(box) {
  const layer = box.querySelector("[data-highlight-layer]");
  const area = box.querySelector("textarea");
  const note = document.querySelector(`[data-mark-note="${area.id}"]`);
  const usual = note?.textContent ?? "";
  let text = area.value, marks = [];

  const scroll = () => { layer.scrollTop = area.scrollTop; };
  const repaint = () => { draw(layer, text, marks); scroll(); };
  const tell = () => {
    if (!note || document.activeElement !== area) return;
    const at = codePoints(area.value.slice(0, area.selectionStart)).length;
    const here = marks.filter((mark) => mark.start <= at && at <= mark.end);
    const first = here.find((mark) => mark.effect === "cost") ?? here[0];
    const words = first ? (first.why ? `${first.label}: ${first.why}` : first.label) : usual;
    if (note.textContent !== words) note.textContent = words;
    note.dataset.effect = first?.effect ?? "";
  };

  area.addEventListener("input", () => { marks = carry(text, area.value, marks); text = area.value; repaint(); });
  area.addEventListener("scroll", scroll, { passive: true });
  area.addEventListener("coach:marks", (event) => {
    marks = carry(event.detail.text, area.value, event.detail.marks);
    text = area.value;
    repaint();
    tell();
  });
  document.addEventListener("selectionchange", tell);
  repaint();
}

document.querySelectorAll("[data-highlight]").forEach(attach);
