/* Ask for a second opinion without leaving the page, and put the answer where the server would have shown it.

   <button form="…" formaction="…" data-opinion-ask>   sends its form; marked aria-busy while the model reads
   [data-opinion-panel]                                the panel; data-words-asking, -here, -offline, -busy, -stale
     [data-opinion] data-state                         replaced by the same part of the server's page
     [data-opinion-say]                                role="status": what is going on, in a sentence
   The answer of the server is a whole page of ours; nothing else is taken from it, and the draft is left alone. */

function attach(panel) {
  const button = panel.querySelector("[data-opinion-ask]");
  const form = button.form;
  const status = panel.querySelector("[data-opinion-say]");
  let asking = false, asked = "";

  const say = (words, seen = true) => { status.textContent = words ?? ""; status.classList.toggle("only-read", !seen); };
  const body = () => panel.querySelector("[data-opinion]");
  const words = () => [...form.querySelectorAll("textarea, input:not([type=hidden]), select")].map((field) => field.value).join("\u0000");

  async function ask() {
    asking = true;
    button.setAttribute("aria-busy", "true");
    say(panel.dataset.wordsAsking);
    const sent = words();
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = page.querySelector("[data-opinion]");
      if (!told) return say(answer.status === 429 ? panel.dataset.wordsBusy : page.querySelector("main h1, h1")?.textContent.trim() ?? panel.dataset.wordsOffline);
      body().replaceWith(document.adoptNode(told));
      asked = told.dataset.state === "given" ? sent : "";
      button.replaceChildren(...document.adoptNode(page.querySelector("[data-opinion-ask]")).childNodes);
      say("");
      stale();
    } catch {
      say(panel.dataset.wordsOffline);
    } finally {
      asking = false;
      button.removeAttribute("aria-busy");
    }
  }

  /** Say when the words are no longer those that the opinion speaks of. */
  function stale() {
    const old = asked !== "" && asked !== words();
    body().classList.toggle("opinion-stale", old);
    if (asked !== "") say(old ? panel.dataset.wordsStale : panel.dataset.wordsHere, old);
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    if (!asking) ask();
  });
  form.addEventListener("input", stale);
  form.addEventListener("change", stale);
  if (body().dataset.state === "given") asked = words();
}

document.querySelectorAll("[data-opinion-panel]").forEach(attach);
