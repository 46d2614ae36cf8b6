// What the search's worker lacks. The name tells the generator that no shim from elsewhere is needed.
//
// A page that was opened by double-click may not start a worker from a file: so the worker is made from its text, which
// tools/docs_hooks.py puts above. And the worker takes each word for the beginning of one ("an" finds "anonymous"), so
// that whole sentences find everything: the small words are left out.
(() => {
    const QUERY = 2;
    const SMALL = new Set(
        ("a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my no not of " +
            "on or our out should so than that the their them then there these they this to us was we were what when where " +
            "which who whose why will with would you your").split(" "),
    );
    const content = (text) => text.split(/\s+/).filter((word) => !SMALL.has(word.toLowerCase().replace(/[?!.,]/g, ""))).join(" ");
    const address = location.protocol === "file:" && URL.createObjectURL(new Blob([globalThis.searchWorker], { type: "text/javascript" }));
    globalThis.Worker = class extends Worker {
        constructor(named, ...options) {
            super(address || named, ...options);
        }

        postMessage(message, ...more) {
            const asked = message.type === QUERY ? { ...message, data: content(message.data) || message.data } : message;
            super.postMessage(asked, ...more);
        }
    };
})();
