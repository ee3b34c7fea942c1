// In the demonstration one press fills the form. Without this file the same link fills in the address.

const form = document.querySelector("#signin");
const table = document.querySelector("[data-demo-password]");

table?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-email]");
  if (!link || !form) return;
  event.preventDefault();
  form.elements.login.value = link.dataset.email;
  form.elements.password.value = table.dataset.demoPassword;
  form.querySelector("button[type=submit]").focus();
});
