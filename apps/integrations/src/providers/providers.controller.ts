import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { PROVIDERS, type IconShape, type Provider, type TileField } from '#libs/providers';
import type { TileStatus } from './provider.js';
import { ProviderList } from './provider-list.js';

class ProviderTileField implements TileField {
  @ApiProperty() name: string;
  @ApiProperty() label: string;
  @ApiProperty({ enum: ['url', 'secret', 'emails', 'number'] }) type: TileField['type'];
  @ApiProperty() required: boolean;
  @ApiProperty({ description: 'A part of `credentials`; otherwise a field of the integration itself' })
  credential: boolean;
  @ApiPropertyOptional({ description: 'A sentence for the person who fills it in' }) hint?: string;
  @ApiPropertyOptional({ description: 'An example' }) placeholder?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'The smallest number' }) min?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'The largest number, or the most entries' }) max?: number;
  @ApiPropertyOptional({
    description: 'A secret that stays when it is left out of a change that leads to the same origin',
  })
  kept?: boolean;
}

class ProviderIconShape implements IconShape {
  @ApiProperty({ description: 'The `d` of an SVG path, on a drawing of 24 by 24' }) path: string;
  @ApiProperty({ type: String, nullable: true, example: '#5865f2', description: 'null: as fits the page' })
  color: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Of the line; null: the shape is filled' })
  width: number | null;
}

class ProviderTile {
  @ApiProperty({ enum: PROVIDERS, enumName: 'Provider' }) id: Provider;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['oauth', 'form'] }) setup: 'oauth' | 'form';
  @ApiProperty({ enum: ['available', 'not_configured', 'coming_soon'] }) status: TileStatus;
  @ApiProperty({ type: [String], description: 'Settings that it would need' }) missing: string[];
  @ApiProperty({ type: [ProviderTileField] }) fields: readonly ProviderTileField[];
  @ApiProperty({ description: 'Messages are signed, with a secret that is shown once' }) signs: boolean;
  @ApiProperty({ type: [ProviderIconShape] }) icon: readonly ProviderIconShape[];
}

class ProviderTiles {
  @ApiProperty({ type: [ProviderTile] }) items: ProviderTile[];
  @ApiProperty({ type: String, nullable: true }) nextCursor: string | null;
}

@ApiTags('integrations')
@ApiBearerAuth()
@Controller('api/v1/providers')
export class ProvidersController {
  constructor(private readonly providers: ProviderList) {}

  @Get()
  @ApiOperation({ summary: 'The kinds of destination, and how each is connected' })
  @ApiOkResponse({ type: ProviderTiles })
  listProviders(): ProviderTiles {
    const items = this.providers.all.map(({ id, name, setup, status, missing, fields, signs, icon }) => ({
      id,
      name,
      setup,
      status,
      missing,
      fields,
      signs,
      icon,
    }));
    return { items, nextCursor: null };
  }
}
