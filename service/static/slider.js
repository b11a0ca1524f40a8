// The slider over a scene's history: shows each step as it is passed, without loading the page anew.
const form = document.querySelector("[data-slider]");
const range = form.querySelector("input");
form.querySelector("button").hidden = true;
let wanted = 0;

async function show(step) {
  const mine = ++wanted;
  const answer = await fetch(`?step=${step}`, { credentials: "same-origin" });
  if (!answer.ok || mine !== wanted) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== wanted) return;
  for (const part of document.querySelectorAll("[data-shown]"))
    part.replaceChildren(...page.getElementById(part.id).childNodes);
  const there = page.querySelector("[data-slider]");
  form.querySelector("label").textContent = there.querySelector("label").textContent;
  form.querySelectorAll("a").forEach((link) => link.remove());
  form.append(...there.querySelectorAll("a"));
  history.replaceState(null, "", `?step=${step}`);
}

range.addEventListener("input", () => show(range.value));
