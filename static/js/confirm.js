// Asks once before something that can't be undone.
// Usage: <form data-confirm="Revoke this token?">…</form> or <button data-confirm="…"> inside a form.
document.addEventListener("submit", (event) => {
  const asking = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (asking && !window.confirm(asking)) event.preventDefault();
});

// Copies the value of a field: <button type="button" hidden data-copy="#token" data-copied="Copied">Copy</button>
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.querySelector(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      button.querySelector("[data-copy-label]").textContent = button.dataset.copied;
    } catch {
      field.select();
    }
  });
}

// Brings the summary of a form that needs another look into focus.
document.querySelector("#form-summary")?.focus();
