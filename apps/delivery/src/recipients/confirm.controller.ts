import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIRMED_PAGE, CONFIRM_PAGE } from './confirm-page.js';
import { Confirmations } from './confirmations.service.js';
import { PublicPage, answerWith, tokenIn } from './public-page.js';

/** The link in the mail that asks a recipient. Programs that look after links follow it with GET, which confirms nothing. */
@ApiExcludeController()
@Controller('mail/confirm')
export class ConfirmController {
  constructor(private readonly confirmations: Confirmations) {}

  @Get()
  @PublicPage()
  async ask(@Query('token') token: unknown, @Res({ passthrough: true }) response: Response): Promise<string> {
    return answerWith(response, await this.confirmations.knows(tokenIn(token)), CONFIRM_PAGE);
  }

  @Post()
  @HttpCode(200)
  @PublicPage()
  async confirm(@Query('token') token: unknown, @Res({ passthrough: true }) response: Response): Promise<string> {
    return answerWith(response, await this.confirmations.confirm(tokenIn(token)), CONFIRMED_PAGE);
  }
}
