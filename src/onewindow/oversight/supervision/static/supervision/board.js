// Keeps an open board up to date: told by the stream, or asking every ten seconds where there is none.
// The page itself is whole without this file.

const EVERY = 10_000;
const board = document.getElementById("board");
const news = document.getElementById("board-news");
const over = document.getElementById("board-over");
let shown = figures();
let failed = 0;
let timer = 0;
let asking = false;

function figures() {
  return board.querySelector("[data-figures]")?.dataset.figures ?? "";
}

async function refresh() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch(board.dataset.fragment, { headers: { "X-Background": "1" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.text());
    failed = 0;
  } catch {
    failed += 1;
  } finally {
    asking = false;
  }
  over.hidden = failed < 3;
}

// The new board takes the place of the old one; what had the focus or was open stays so.
function show(html) {
  const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...board.querySelectorAll("details")].map((one) => one.open);
  board.innerHTML = html;
  board.querySelectorAll("details").forEach((one, number) => {
    one.open = open[number] ?? false;
  });
  if (focused) document.getElementById(focused)?.focus();
  const now = figures();
  if (now !== shown) news.textContent = now;
  shown = now;
}

function poll() {
  if (!timer) timer = setInterval(refresh, EVERY);
}

if (board.dataset.stream) {
  let waiting = 0;
  const stream = new EventSource(board.dataset.stream);
  stream.addEventListener("open", () => {
    clearInterval(timer);
    timer = 0;
    refresh();
  });
  // Many changes in one second are one refresh.
  stream.addEventListener("changed", () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      refresh();
    }, 1000);
  });
  stream.addEventListener("error", poll);
} else {
  poll();
}
document.addEventListener("visibilitychange", refresh);
