import { Controller, Get, Header, HttpCode, Post, Query, Res, applyDecorators } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '#libs/auth';
import { ASK_PAGE, DONE_PAGE, UNKNOWN_PAGE } from './unsubscribe-page.js';
import { Unsubscribes } from './unsubscribes.service.js';

/** Needs no login. Its address holds a token, so it is neither stored nor passed on. */
const PublicPage = (): MethodDecorator =>
  applyDecorators(
    Public(),
    Header('content-type', 'text/html; charset=utf-8'),
    Header('cache-control', 'no-store'),
    Header('referrer-policy', 'no-referrer'),
  );

/**
 * The link in every mail. A mail program posts to it at one click (RFC 8058); a browser shows a button first. Who has the
 * link needs no other proof: it names one recipient of one integration, and is in that recipient's mails alone.
 */
@ApiExcludeController()
@Controller('mail/unsubscribe')
export class UnsubscribeController {
  constructor(private readonly unsubscribes: Unsubscribes) {}

  @Get()
  @PublicPage()
  async ask(@Query('token') token: unknown, @Res({ passthrough: true }) response: Response): Promise<string> {
    return answer(response, await this.unsubscribes.knows(textOf(token)), ASK_PAGE);
  }

  /** What is in the body does not matter: `List-Unsubscribe=One-Click`, or the form's nothing. */
  @Post()
  @HttpCode(200)
  @PublicPage()
  async unsubscribe(@Query('token') token: unknown, @Res({ passthrough: true }) response: Response): Promise<string> {
    return answer(response, await this.unsubscribes.unsubscribe(textOf(token)), DONE_PAGE);
  }
}

function answer(response: Response, known: boolean, page: string): string {
  if (!known) response.status(404);
  return known ? page : UNKNOWN_PAGE;
}

/** One that is there twice is no token. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
