// What takes seconds on a large store comes after the page: each such part names the address of the page that has it.

/** Take over a part, and what is shown with it, from the page that waited for it. */
async function fetchPart(part) {
  const answer = await fetch(part.dataset.later, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll(`#${part.id}, [data-with="${part.id}"]`)) {
    const made = page.getElementById(old.id);
    if (made && !made.dataset.later) old.replaceWith(document.adoptNode(made));
  }
}

for (const part of document.querySelectorAll("[data-later]")) {
  try {
    await fetchPart(part);
  } finally {
    document.getElementById(part.id)?.removeAttribute("aria-busy");
  }
}
document.body.dataset.settled = "";
