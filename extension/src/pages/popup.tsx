import { render } from 'preact';
import './tab/tab.css';
import { TabPage } from './tab/TabPage.js';

// In a tab of its own it takes the room there is; a popup is as large as its contents say.
if (!new URLSearchParams(location.search).has('tab'))
  document.documentElement.classList.add('popup');
render(<TabPage isPopup />, document.getElementById('page')!);
