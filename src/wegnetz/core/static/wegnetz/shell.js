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

// Work that goes on by itself: what the page says of it is fetched anew every few seconds, and the page itself once it is
// about something else. A hidden page asks nobody.
async function lookAgain(shown) {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, {headers: {accept: "text/html"}});
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-again] [role=status]");
      if (!answer.ok || !fresh) return location.reload();
      const old = shown.querySelector("[role=status]");
      if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    } catch {
      // Without a connection the next look may be luckier.
    }
  }
  setTimeout(lookAgain, shown.dataset.again * 1000, shown);
}
const again = document.querySelector("[data-again]");
if (again) setTimeout(lookAgain, again.dataset.again * 1000, again);
