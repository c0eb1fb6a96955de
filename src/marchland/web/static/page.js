// What scripts add to every page: evidence opens without a new page, and forms answer as soon as they are changed.
// Each address stays true: it is what the server would have shown.

const pane = () => document.getElementById("evidence");
const question = () => location.pathname + location.search;
let shown = question();

/** Fetch the page at `address` and take over its evidence pane. */
async function open(address, { remember }) {
  const here = pane();
  here?.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("evidence");
  if (!answer.ok || !found || !here) {
    location.assign(address);
    return;
  }
  here.replaceWith(document.adoptNode(found));
  if (remember) history.pushState({ pane: true }, "", address);
  shown = question();
  pane().scrollTop = 0;
  if (matchMedia("(max-width: 75rem)").matches) pane().scrollIntoView({ block: "start" });
  pane().focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-pane]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link.href?.baseVal ?? link.href, { remember: true });
});

// Back and forward to another address show that address; a jump within the page is left alone.
addEventListener("popstate", () => {
  if (question() !== shown) location.reload();
});

for (const form of document.querySelectorAll("form[data-auto]")) {
  for (const field of form.querySelectorAll("select, input[type=range]")) {
    field.addEventListener("change", () => form.requestSubmit());
  }
  const year = form.querySelector("input[type=range]");
  const shown = form.querySelector("output.year");
  if (year && shown) year.addEventListener("input", () => (shown.textContent = year.value));
}

// In a document, a sentence and its notes light up together.
for (const one of document.querySelectorAll(".notes li[data-record], .text mark[data-records]")) {
  const ids = () => (one.dataset.records ?? one.dataset.record).split(" ");
  const light = (on) => {
    for (const other of document.querySelectorAll(".notes li[data-record], .text mark[data-records]")) {
      const theirs = (other.dataset.records ?? other.dataset.record).split(" ");
      if (theirs.some((id) => ids().includes(id))) other.classList.toggle("lit", on);
    }
  };
  one.addEventListener("pointerenter", () => light(true));
  one.addEventListener("pointerleave", () => light(false));
}

document.body.dataset.ready = "";
