// Keys for a reader who corrects many records: a accept, r reject, e edit, m merge, u undo; j and k go down and up the list.
// Each key presses a button or follows a link that is on the page anyway, so nothing works only with scripts.

const waiting = [...document.querySelectorAll("[data-waits]")];
let here = 0;

/** Mark one record of the list as the one that keys speak of. */
function go(to) {
  if (!waiting.length) return;
  waiting[here].classList.remove("here");
  here = Math.max(0, Math.min(waiting.length - 1, to));
  waiting[here].classList.add("here");
  waiting[here].focus({ preventScroll: true });
  waiting[here].scrollIntoView({ block: "nearest" });
}

/** The button or link of a key: of the marked record, else of the page's first one. */
function found(key) {
  const own = waiting[here]?.querySelector(`[data-key="${key}"]`);
  return own ?? document.querySelector(`main [data-key="${key}"]`) ?? document.querySelector(`[data-key="${key}"]`);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    go(here + (event.key === "j" ? 1 : -1));
  } else if ("aremu".includes(event.key) && event.key.length === 1) {
    const chosen = found(event.key);
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  }
});

if (waiting.length) waiting[0].classList.add("here");
