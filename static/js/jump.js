/* On a narrow screen, offer the way to the draft while it is out of sight.

   <a href="#reply" data-jump hidden>      shown while [data-draft] is still further down; brings it into view and focus */

const link = document.querySelector("[data-jump]");
const area = document.querySelector("[data-draft]");

if (link && area) {
  new IntersectionObserver(([entry]) => {
    link.hidden = entry.isIntersecting || entry.boundingClientRect.top < 0 || area.readOnly;
  }).observe(area);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    area.scrollIntoView({ block: "center" });
    area.focus({ preventScroll: true });
  });
}
