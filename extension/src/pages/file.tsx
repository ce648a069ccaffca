import { render } from 'preact';
import '@provenance/page/style/page.css';
import './file/file.css';
import { FilePage } from './file/FilePage.js';

render(<FilePage />, document.getElementById('page')!);
