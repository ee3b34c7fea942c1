// A refused or forgotten passkey would otherwise end in silence.

const notice = document.querySelector("[data-passkey-problem]");

document.addEventListener("allauth.error", (event) => {
  if (!notice) return;
  event.preventDefault();
  notice.hidden = false;
});
