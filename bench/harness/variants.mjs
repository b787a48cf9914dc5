// A scenario may play a server several times over, with other settings or
// another load; each such variant has a name of its own.

/** The `{ server, settings, load }` of the variant that a scenario calls
 * `name`. */
export function variant(scenario, name) {
  const own = scenario.variants?.[name] ?? {};
  return {
    server: own.server ?? name,
    settings: { ...scenario.settings, ...own.settings },
    load: own.load ?? {},
  };
}

/** Settings of the node as a reader types them. */
export function settingsText(settings) {
  return Object.entries(settings).map(([key, value]) =>
    `--${key}=${/\s/.test(value) ? `'${value}'` : value}`).join(' ');
}
