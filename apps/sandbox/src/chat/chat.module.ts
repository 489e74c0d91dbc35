import { Module } from '@nestjs/common';
import { Discord } from '../discord/discord.js';
import { Slack } from '../slack/slack.js';
import { Teams } from '../teams/teams.js';
import { ChatStandIns } from './chat-stand-ins.js';
import { ChatController } from './chat.controller.js';

@Module({ controllers: [ChatController], providers: [ChatStandIns, Slack, Discord, Teams], exports: [ChatStandIns] })
export class ChatModule {}
