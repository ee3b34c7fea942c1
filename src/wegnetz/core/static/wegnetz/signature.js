// Signing with a finger. What is kept is a path in a field of 300 by 100, with straight lines, and nothing of how fast or
// how firmly somebody wrote.

const dialog = document.querySelector("#signing");
const canvas = dialog.querySelector("canvas");
const pen = canvas.getContext("2d");
const message = dialog.querySelector("[role=status]");
const FIELD = {width: 300, height: 100};
const LONGEST = 4096;
const SMALLEST = 2; // units between two points

let form = null;
let strokes = [];

function point(event) {
  const {left, top, width, height} = canvas.getBoundingClientRect();
  const within = (part, whole, units) => Math.min(Math.max(Math.round((part / whole) * units), 0), units);
  return [within(event.clientX - left, width, FIELD.width), within(event.clientY - top, height, FIELD.height)];
}

function path() {
  return strokes.filter((stroke) => stroke.length > 1)
    .map((stroke) => stroke.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("")).join("");
}

function draw() {
  const scale = canvas.width / FIELD.width;
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.strokeStyle = getComputedStyle(canvas).color;
  [pen.lineWidth, pen.lineCap, pen.lineJoin] = [5, "round", "round"];
  pen.beginPath();
  for (const stroke of strokes) {
    stroke.forEach(([x, y], index) => (index ? pen.lineTo(x * scale, y * scale) : pen.moveTo(x * scale, y * scale)));
  }
  pen.stroke();
}

function begin() {
  strokes = [];
  message.textContent = "";
  draw();
}

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  strokes.push([point(event)]);
  message.textContent = "";
});

canvas.addEventListener("pointermove", (event) => {
  const stroke = strokes.at(-1);
  if (!stroke || !canvas.hasPointerCapture(event.pointerId)) return;
  const [x, y] = point(event);
  const [beforeX, beforeY] = stroke.at(-1);
  if (Math.hypot(x - beforeX, y - beforeY) < SMALLEST) return;
  stroke.push([x, y]);
  draw();
});

for (const button of document.querySelectorAll("[data-sign]")) {
  button.hidden = false;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    form = button.form;
    dialog.querySelector("h2").textContent = button.closest("li").querySelector("bdi").textContent;
    dialog.showModal();
    begin();
  });
}

dialog.querySelector("#anew").addEventListener("click", begin);
dialog.querySelector("#not-now").addEventListener("click", () => dialog.close());
dialog.querySelector("#signed").addEventListener("click", () => {
  const drawn = path();
  if (!drawn || drawn.length > LONGEST) {
    message.textContent = dialog.querySelector(drawn ? "#too-much" : "#too-little").textContent;
    return;
  }
  form.elements.signature.value = drawn;
  form.requestSubmit(form.querySelector("[data-sign]"));
});
