import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { PROVIDERS, type Provider } from '#libs/contracts';
import type { TileField, TileStatus } from './provider.js';
import { ProviderList } from './provider-list.js';

class ProviderTileField implements TileField {
  @ApiProperty() name: string;
  @ApiProperty() label: string;
  @ApiProperty({ enum: ['url', 'secret', 'emails', 'number'] }) type: TileField['type'];
  @ApiProperty() required: boolean;
}

class ProviderTile {
  @ApiProperty({ enum: PROVIDERS, enumName: 'Provider' }) id: Provider;
  @ApiProperty() name: string;
  @ApiProperty({ enum: ['oauth', 'form'] }) setup: 'oauth' | 'form';
  @ApiProperty({ enum: ['available', 'not_configured', 'coming_soon'] }) status: TileStatus;
  @ApiProperty({ type: [String], description: 'Settings that it would need' }) missing: string[];
  @ApiProperty({ type: [ProviderTileField] }) fields: ProviderTileField[];
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
    const items = this.providers.all.map(({ id, name, setup, status, missing, fields }) => ({
      id,
      name,
      setup,
      status,
      missing,
      fields,
    }));
    return { items, nextCursor: null };
  }
}
