import { render } from 'preact';
import './tab/tab.css';
import { TabPage } from './tab/TabPage.js';

render(<TabPage isPopup={false} />, document.getElementById('page')!);
