// Rows of a long table by what they hold. Without this file every row is simply there.
for (const field of document.querySelectorAll("input[data-rows]")) {
  const figure = document.getElementById(field.dataset.rows);
  const rows = [...figure.querySelectorAll(".body tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const told = field.closest(".search").querySelector("output");
  field.closest(".search").hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
      count += row.hidden ? 0 : 1;
    });
    told.textContent = words.length ? field.dataset.of.replace("{n}", count).replace("{all}", rows.length) : "";
  });
}

// What is wider or longer than its place can be scrolled with the keyboard too.
function reach() {
  for (const body of document.querySelectorAll(".body")) {
    const isCut = body.scrollWidth > body.clientWidth || body.scrollHeight > body.clientHeight;
    if (isCut) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
  }
}
reach();
addEventListener("resize", reach);
addEventListener("toggle", reach, true);
