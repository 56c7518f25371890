import { createComposer } from './composer.js';
import { byId } from './dom.js';
import { emptyChannelNode } from './empty.js';
import { homeNodes } from './home.js';
import { createMessageList } from './messages.js';
import { createModal } from './modal.js';
import { createPage } from './page.js';
import { drawPanel } from './panel.js';
import { fetchExtras, listen } from './server.js';
import { drawHead, drawPeople, drawSidebar } from './sidebar.js';
import { watchStatus } from './status.js';
import { createThread } from './thread.js';
import { toast } from './toasts.js';

const extras = await fetchExtras();
const page = await createPage(extras, draw);
const list = byId('messages');
const updateMessages = createMessageList(list, page, { withThreads: true });
const updateThread = createThread(page);
const updateModal = createModal(page);
const updateComposer = createComposer(page);

function draw() {
  drawPeople(page);
  drawSidebar(page);
  drawHead(page);
  updateComposer();
  if (page.place() === 'home') {
    updateMessages([]);
    list.replaceChildren(...homeNodes(page));
  } else {
    for (const other of list.querySelectorAll(':scope > :not(.message)')) other.remove();
    const messages = page.placeMessages();
    updateMessages(messages);
    if (messages.length === 0) list.append(emptyChannelNode(page));
  }
  updateThread();
  updateModal();
  for (const failure of page.newFailures()) toast(failure.text);
}

drawPanel(extras, page.names());
wirePanelToggle();
if (extras.hasStatus) watchStatus();
listen(page.refresh, () => document.body.classList.add('lost'));
draw();

function wirePanelToggle() {
  const toggle = byId('panel-toggle');
  const show = (isOpen) => {
    document.body.classList.toggle('no-panel', !isOpen);
    toggle.setAttribute('aria-expanded', String(isOpen));
  };
  toggle.addEventListener('click', () => {
    // A thread lies over the guide: asking for the guide puts the thread away.
    const isCovered = document.body.classList.contains('has-thread');
    if (isCovered) page.openThread(undefined);
    show(isCovered || toggle.getAttribute('aria-expanded') !== 'true');
  });
  show(window.innerWidth >= 1100);
}
