// The map can be moved and magnified; marks keep their size. Without this module it is the same map, standing still.

const sheet = document.getElementById("map");
const drawing = sheet?.querySelector("svg.map");
const d3 = globalThis.d3;

if (drawing && d3) {
  const layer = d3.select(drawing).select(".zoomed");
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const still = layer.selectAll(".spot, .names > *");
  still.each(function () {
    const box = this.getBBox();
    this.dataset.middle = `${this.dataset.x ?? box.x + box.width / 2},${this.dataset.y ?? box.y + box.height / 2}`;
    this.dataset.own = this.getAttribute("transform") ?? "";
  });
  const grown = matchMedia("(max-width: 46rem)").matches ? 2 : 1; // a phone draws the sheet small
  const place = (k) =>
    still.attr("transform", function () {
      const [x, y] = this.dataset.middle.split(",");
      return `translate(${x} ${y}) scale(${grown / k}) translate(${-x} ${-y}) ${this.dataset.own}`;
    });
  const zoom = d3.zoom().scaleExtent([1, 24]).translateExtent([[0, 0], [width, height]]);
  zoom.filter((event) => event.type !== "wheel" || event.ctrlKey || event.metaKey);
  zoom.on("zoom", ({ transform }) => {
    layer.attr("transform", transform);
    place(transform.k);
  });
  place(1);
  d3.select(drawing).call(zoom).on("dblclick.zoom", null);

  const buttons = document.createElement("div");
  buttons.className = "zooms";
  for (const [text, said, factor] of [["+", "Magnify", 1.8], ["−", "Make smaller", 1 / 1.8]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", said);
    button.addEventListener("click", () => d3.select(drawing).call(zoom.scaleBy, factor));
    buttons.append(button);
  }
  sheet.append(buttons);
}
