// Without this file the form works all the same; with it, the answer appears in place.
"use strict";
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!window.fetch || form.method !== "post") return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.querySelector("main");
    if (form.id === "ask" && fresh.id === "main") {
      document.querySelector("main").replaceWith(document.adoptNode(fresh));
      const wrong = document.querySelector("[aria-invalid]");
      (wrong || document.querySelector("#ask button")).focus({ preventScroll: !wrong });
      if (!wrong) document.querySelector(".result").scrollIntoView({ block: "nearest" });
    } else {
      const told = document.createElement("p");
      told.className = reply.ok ? "thanks" : "alert";
      told.textContent = fresh.querySelector(".lead").textContent;
      form.querySelectorAll("p").forEach((old) => old.remove());
      form.append(told);
    }
  } catch (error) {
    form.submit(); // the network or the script failed: let the browser try, and show what it finds
  } finally {
    button.disabled = false;
  }
});
