import { render } from 'preact';
import { OptionsPage } from './options/OptionsPage.js';
import './options/options.css';

render(<OptionsPage isFirst={new URLSearchParams(location.search).has('first')} />, document.getElementById('page')!);
