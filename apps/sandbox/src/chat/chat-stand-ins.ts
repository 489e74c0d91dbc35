import { Injectable } from '@nestjs/common';
import { Discord } from '../discord/discord.js';
import { Slack } from '../slack/slack.js';
import { Teams } from '../teams/teams.js';
import type { ChatStandIn } from './stand-in.js';

/** The chats that the sandbox plays. */
@Injectable()
export class ChatStandIns {
  readonly all: readonly ChatStandIn[];

  constructor(slack: Slack, discord: Discord, teams: Teams) {
    this.all = [slack, discord, teams];
  }
}
