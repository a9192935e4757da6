// Opens the list of keys: press ? outside a field, or use any element with data-keys-open.
// Usage: <dialog data-keys>…</dialog> and <a href="#keys" data-keys-open>Keys</a>
const list = document.querySelector("dialog[data-keys]");

function typing(element) {
  return element.closest("input, textarea, select, [contenteditable]") !== null;
}

if (list) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    if (list.open) list.close();
    else list.showModal();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) {
      event.preventDefault();
      list.showModal();
    } else if (event.target === list) {
      list.close();
    }
  });
}
