"use strict";
// Asks the server what is new, shows the page anew, and the problems while there are any. What comes from files is only ever text.

(function () {
  const RETRY = 1000;
  const frame = document.getElementById("page");
  const shown = { version: -1, page: 0 };

  function show(state) {
    shown.version = state.version;
    if (state.page !== shown.page) reload(state.page);
    const { problems } = state;
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    tell(problems.length ? count : "", problems, state.page ? "Below is the last page that could be built." : "");
  }

  /** The page keeps what the reader has chosen in its address, so that it comes back as it was. */
  function reload(page) {
    if (shown.page) frame.contentWindow.location.reload();
    else frame.src = `/page${location.hash}`;
    shown.page = page;
  }

  function tell(heading, lines, hint) {
    document.getElementById("problems").hidden = !heading;
    document.getElementById("heading").textContent = heading;
    document.getElementById("hint").textContent = hint;
    const items = lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    });
    document.getElementById("list").replaceChildren(...items);
  }

  async function follow() {
    for (;;) {
      try {
        const answer = await fetch(`/state?after=${shown.version}`);
        if (!answer.ok) throw new Error(String(answer.status));
        show(await answer.json());
      } catch {
        tell("geoposture is no longer watching", [], "Start it again; this page will notice.");
        shown.version = -1;
        await new Promise((resolve) => { setTimeout(resolve, RETRY); });
      }
    }
  }

  follow();
})();
