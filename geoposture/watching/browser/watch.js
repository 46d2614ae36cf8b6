"use strict";
// Asks the server what is new, shows the page anew, and the problems while there are any. What comes from files is only ever text.

(function () {
  const RETRY = 1000;
  const frame = document.getElementById("page");
  const shown = { version: -1, page: 0 };

  function show(state) {
    shown.version = state.version;
    if (state.page !== shown.page) reload(state.page);
    const { problems, warnings } = state;
    tell(problems.length ? counted(problems, "problem") : "", problems, state.page ? "Below is the last page that could be built." : "");
    warn(warnings);
  }

  function counted(lines, word) {
    return `${lines.length} ${word}${lines.length === 1 ? "" : "s"}`;
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
    document.getElementById("list").replaceChildren(...items(lines));
  }

  /** What looks suspicious but keeps nobody from reading: one small line that can be opened. */
  function warn(lines) {
    document.getElementById("warnings").hidden = lines.length === 0;
    document.getElementById("warned").textContent = counted(lines, "warning");
    document.getElementById("hints").replaceChildren(...items(lines));
  }

  function items(lines) {
    return lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    });
  }

  async function follow() {
    for (;;) {
      try {
        const answer = await fetch(`/state?after=${shown.version}`);
        if (!answer.ok) throw new Error(String(answer.status));
        show(await answer.json());
      } catch {
        tell("geoposture is no longer watching", [], "Start it again; this page will notice.");
        warn([]);
        shown.version = -1;
        await new Promise((resolve) => { setTimeout(resolve, RETRY); });
      }
    }
  }

  follow();
})();
