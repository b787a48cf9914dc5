import { render } from 'preact';
import { App } from './app';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/tables.css';

const root = document.getElementById('app')!;
root.textContent = '';
render(<App />, root);
