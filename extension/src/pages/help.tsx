import { render } from 'preact';
import { HelpPage } from './help/HelpPage.js';
import './help/help.css';

render(<HelpPage />, document.getElementById('page')!);
