/* Fold what is not needed at once on a narrow screen, so that the draft is within thumb's reach.

   <details data-fold open>      closed once, when the page opens on a narrow screen; a target in the address opens it again */

if (matchMedia("(max-width: 60rem)").matches) {
  document.querySelectorAll("details[data-fold][open]").forEach((part) => {
    if (!part.querySelector("[role=alert]:not([hidden])")) part.open = false;
  });
}

function openTarget() {
  const part = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (part instanceof HTMLDetailsElement) part.open = true;
}

addEventListener("hashchange", openTarget);
openTarget();
