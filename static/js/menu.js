/* Close a menu the way menus close: Escape gives the focus back to its button, a click elsewhere leaves it.

   <details data-menu><summary>…</summary>…</details> */

const open = () => [...document.querySelectorAll("details[data-menu][open]")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  for (const menu of open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of open()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
});
