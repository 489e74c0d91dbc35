import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { PublicPage, answerWith, tokenIn } from './public-page.js';
import { ASK_PAGE, DONE_PAGE } from './unsubscribe-page.js';
import { Unsubscribes } from './unsubscribes.service.js';

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
    return answerWith(response, await this.unsubscribes.knows(tokenIn(token)), ASK_PAGE);
  }

  /** What is in the body does not matter: `List-Unsubscribe=One-Click`, or the form's nothing. */
  @Post()
  @HttpCode(200)
  @PublicPage()
  async unsubscribe(@Query('token') token: unknown, @Res({ passthrough: true }) response: Response): Promise<string> {
    return answerWith(response, await this.unsubscribes.unsubscribe(tokenIn(token)), DONE_PAGE);
  }
}
