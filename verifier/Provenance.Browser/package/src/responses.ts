import type { RevocationQuestion, RevocationResponse } from './api.js';
import { hexOf } from './hex.js';

/** What of Engine.cs takes them. */
export interface ResponseCalls {
  BeginResponses(question: number): void;
  AddResponse(question: number, asked: string, response: Uint8Array): void;
}

/** Hands what responders answered to the engine (GivenResponses.cs). */
export function addResponses(engine: ResponseCalls, question: number, responses: readonly RevocationResponse[]): void {
  engine.BeginResponses(question);
  for (const asked of responses) engine.AddResponse(question, lineOf(asked), asked.response);
}

/** The questions that the engine wrote down, a line each. */
export function questionsOf(text: string): readonly RevocationQuestion[] {
  return text.split('\n').filter(Boolean).map((line) => {
    const blank = line.indexOf(' ');
    return { url: line.slice(blank + 1), request: Uint8Array.from({ length: blank / 2 }, (_, i) => parseInt(line.slice(2 * i, 2 * i + 2), 16)) };
  });
}

function lineOf({ url, request }: RevocationQuestion): string {
  return `${hexOf(request)} ${url}`;
}
