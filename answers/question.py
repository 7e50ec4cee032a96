"""The page's part «question»."""

from fastapi import APIRouter

router = APIRouter()
