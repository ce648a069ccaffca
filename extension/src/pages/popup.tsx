import { render } from 'preact';
import './tab/tab.css';
import { TabPage } from './tab/TabPage.js';

document.documentElement.classList.add('popup');
render(<TabPage isPopup />, document.getElementById('page')!);
