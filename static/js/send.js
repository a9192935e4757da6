/* Send a form once, however often it is clicked, and keep the words when the connection is gone.

   <form data-send data-words-sending="…" data-words-offline="…">
     [data-send-button]            the one that Ctrl or Cmd + Enter presses
     [data-send-problem]           role="alert"; gets the server's or the connection's "no"
   The server answers {"location": …} or a problem with its `detail`; anything else, a form that has gone stale
   included, falls back to an ordinary submit, whose page keeps what was typed. The form's token makes a repeat harmless. */

function attach(form) {
  const button = form.querySelector("[data-send-button]");
  const place = form.querySelector("[data-send-problem]");
  let busy = false;

  const problem = (words) => { if (place) { place.textContent = words; place.hidden = !words; } };
  const free = () => { busy = false; button?.removeAttribute("aria-busy"); };

  form.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter !== button) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    button?.setAttribute("aria-busy", "true");
    problem("");
    let answer;
    try {
      answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    } catch {
      problem(form.dataset.wordsOffline ?? "");
      return free();
    }
    const told = await answer.json().catch(() => null);
    if (answer.ok && told?.location) {
      form.querySelector("[data-autosave]")?.dispatchEvent(new CustomEvent("draft:sent"));
      return location.assign(told.location);
    }
    if (told?.detail && told.code !== "stale_form") {
      problem(told.detail);
      return free();
    }
    HTMLFormElement.prototype.submit.call(form);
  });

  document.addEventListener("regions:patched", () => { if (!busy && place?.textContent === form.dataset.wordsOffline) problem(""); });
  form.addEventListener("input", () => { if (!busy) problem(""); });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}

addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.querySelectorAll("form[data-send]").forEach(attach);
