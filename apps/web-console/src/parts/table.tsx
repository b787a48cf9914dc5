// A table that is updated while it is read: rows keep their elements, the
// focused element keeps the focus, and on a phone each row is a card.
import { Component, createRef } from 'preact';
import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Numbers are aligned right. */
  right?: boolean;
  /** For a column of buttons: its head is only for screen readers. */
  hidden?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  empty?: string;
  hideCaption?: boolean;
}

export class Table<Row> extends Component<Props<Row>> {
  private box = createRef<HTMLDivElement>();
  private watcher?: ResizeObserver;

  /** Only a scrolling table needs a stop of the Tab key. */
  private measure = () => {
    const box = this.box.current;
    if (!box) return;
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.tabIndex = -1;
  };

  componentDidMount() {
    this.watcher = new ResizeObserver(this.measure);
    this.watcher.observe(this.box.current!);
    this.measure();
  }

  componentWillUnmount() {
    this.watcher?.disconnect();
  }

  getSnapshotBeforeUpdate() {
    const focused = document.activeElement;
    return focused && this.box.current?.contains(focused) ? focused : null;
  }

  componentDidUpdate(_: Props<Row>, __: object, focused: HTMLElement | null) {
    this.measure();
    if (!focused || document.activeElement === focused) return;
    const next = focused.isConnected ? focused : this.box.current;
    next?.focus({ preventScroll: true });
  }

  render({ caption, columns, rows, keyOf, empty, hideCaption }: Props<Row>) {
    const [first, ...rest] = columns;
    const align = (column: Column<Row>) => column.right ? 'right' : undefined;
    return (
      <div class="scroller" ref={this.box} role="region" aria-label={caption}>
        <table role="table">
          <caption class={hideCaption ? 'unseen' : undefined}>{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <th key={column.head} scope="col" role="columnheader"
                  class={align(column)}>
                  {column.hidden
                    ? <span class="unseen">{column.head}</span> : column.head}
                </th>))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr key={keyOf(row)} role="row">
                <th scope="row" role="rowheader" class={align(first)}
                  data-label={first.head}>{first.cell(row)}</th>
                {rest.map((column) => (
                  <td key={column.head} role="cell" class={align(column)}
                    data-label={column.hidden ? '' : column.head}>
                    {column.cell(row)}</td>))}
              </tr>))}
          </tbody>
        </table>
        {rows.length === 0 && <p class="quiet">{empty ?? 'Nothing.'}</p>}
      </div>
    );
  }
}
