// The frame around all pages.
import { useEffect, useRef, useState } from 'preact/hooks';
import { lost, refused, signIn, signOut, token } from './api';
import { ActionDialog, OutcomeRegion } from './parts/action_dialog';
import { Page } from './parts/page';
import { ActionsPage } from './pages/actions';
import { ActorsPage } from './pages/actors';
import { BridgePage } from './pages/bridge';
import { ChannelPage } from './pages/channel';
import { ChannelsPage } from './pages/channels';
import { ActorPage, ConnectionPage } from './pages/connection';
import { ConnectionsPage } from './pages/connections';
import { EventsPage } from './pages/events';
import { GapsPage } from './pages/gaps';
import { Overview } from './pages/overview';
import { Top } from './pages/top';
import { UserPage } from './pages/user';
import { WatchPage } from './pages/watch';
import { WhyPage } from './pages/why';
import { useQuestion } from './refresh';
import { route } from './router';
import { useStore } from './store';
import { choice, choose } from './theme';
import type { Choice } from './theme';

const places: [string, string][] = [['', 'Overview'], ['top', 'Top'],
  ['channels', 'Channels'], ['connections', 'Connections'],
  ['events', 'Events'], ['why', 'Why'], ['watch', 'Watch'], ['gaps', 'Gaps'],
  ['bridge', 'Bridge'], ['actors', 'Actors'], ['actions', 'Actions']];

function pageOf([first = '', ...rest]: string[]) {
  const key = [first, ...rest].join('/');
  switch (`${first} ${rest.length}`) {
    case ' 0': return <Overview />;
    case 'top 0': return <Top />;
    case 'channels 0': return <ChannelsPage />;
    case 'channels 1': return <ChannelPage key={key} name={rest[0]} />;
    case 'connections 0': return <ConnectionsPage />;
    case 'connections 2':
      return <ConnectionPage key={key} node={rest[0]} id={rest[1]} />;
    case 'users 1': return <UserPage key={key} id={rest[0]} />;
    case 'events 0': return <EventsPage />;
    case 'why 0': return <WhyPage />;
    case 'watch 0': return <WatchPage />;
    case 'gaps 0': return <GapsPage />;
    case 'bridge 0': return <BridgePage />;
    case 'actors 0': return <ActorsPage />;
    case 'actors 2':
      return <ActorPage key={key} node={rest[0]} id={rest[1]} />;
    case 'actions 0': return <ActionsPage />;
    default:
      return <Page title="No such page" still>
        <p>This address has no page.</p></Page>;
  }
}

function SignIn({ why }: { why: string }) {
  const [text, setText] = useState('');
  return (
    <Page title="Sign in" still>
      <form class="card narrow" onSubmit={(event) => {
        event.preventDefault();
        signIn(text);
      }}>
        <p role="alert">{why}</p>
        <div class="field">
          <label for="token">Token (<code>admin.token</code>)</label>
          <input id="token" type="password" value={text} required
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)} />
        </div>
        <p><button type="submit">Sign in</button></p>
        <p class="quiet">The token is kept until this tab is closed.</p>
      </form>
    </Page>
  );
}

function ThemeChoice() {
  const now = useStore(choice);
  return (
    <div class="theme">
      <label for="theme">Theme</label>
      <select id="theme" value={now}
        onChange={(event) => choose(event.currentTarget.value as Choice)}>
        <option value="auto">system default</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </div>
  );
}

function Header({ here }: { here: string }) {
  const [isOpen, setOpen] = useState(false);
  const given = useStore(token);
  useEffect(() => setOpen(false), [here]);
  return (
    <header class="side">
      <div class="brand">
        <a href="#/">rookery</a>
        <button type="button" class="plain small menu" aria-expanded={isOpen}
          aria-controls="menu" onClick={() => setOpen(!isOpen)}>Menu</button>
      </div>
      <div id="menu" class={isOpen ? 'open' : ''}>
        <nav aria-label="Pages">
          <ul>
            {places.map(([path, name]) => (
              <li key={path}><a href={`#/${path}`}
                aria-current={path === here ? 'page' : undefined}>{name}</a>
              </li>))}
          </ul>
        </nav>
        <ThemeChoice />
        {given && <button type="button" class="plain small"
          onClick={signOut}>Sign out</button>}
      </div>
    </header>
  );
}

export function App() {
  const { path } = useStore(route);
  const why = useStore(refused);
  const problem = useStore(lost);
  // A new token makes a new page.
  const where = why === null ? path.join('/') : '?';
  const before = useRef(where);
  // Pages without questions of their own need the names of nodes, too, and this
  // request tells if a token is needed.
  useQuestion('/api/nodes', {}, false);
  useEffect(() => {
    if (before.current === where) return;
    before.current = where;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [where]);
  const here = path[0] === 'users' ? 'connections' : path[0] ?? '';
  return (
    <>
      <a class="skip" href="#content" onClick={(event) => {
        // The fragment is the page's address, so move the focus by hand.
        event.preventDefault();
        document.querySelector<HTMLElement>('main')?.focus();
      }}>Skip to the content</a>
      <Header here={here} />
      <main id="content" tabIndex={-1}>
        <div role="status">
          {problem && <p class="notice bad"><strong>Connection lost.</strong>
            {' '}{problem} This page shows old data; it asks again every two
            seconds.</p>}
        </div>
        {why !== null ? <SignIn why={why} /> : pageOf(path)}
      </main>
      <OutcomeRegion />
      <ActionDialog />
    </>
  );
}
