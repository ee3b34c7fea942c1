// The shell works without this file; it only saves a few key strokes and strokes of a finger.

const search = document.querySelector(".wn-search input[type=search]");
const menus = document.querySelectorAll("details.wn-user");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of menus) {
      if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
  const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

// Where tabs run out of a narrow page, the one that is open is in sight.
document.querySelector(".wn-tabs [aria-current]")?.scrollIntoView({block: "nearest", inline: "center"});

// After a refused form the summary is read out first; its links lead to the fields.
document.querySelector(".wn-errors")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
